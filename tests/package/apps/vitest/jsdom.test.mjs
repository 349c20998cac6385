// @vitest-environment jsdom
// The same with jsdom's Blob, FormData, AbortSignal and Event in the place of Node's.
import "./app.test.mjs";

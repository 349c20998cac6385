/** An HTTP method, told apart by colour and always by its word. */
export function MethodTag({ method }: { method: string }) {
  return <span className={`method method-${method.toLowerCase()}`}>{method}</span>;
}

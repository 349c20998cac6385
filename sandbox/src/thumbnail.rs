//! Thumbnails of images.

use agora_chat_admin::shape::Bytes;

/// The largest file that is its own thumbnail, in bytes: 10 KB.
const SMALL: usize = 10 * 1024;

/// The thumbnail of a file, at most so wide and so high; nothing if the file is its own: if it is small in bytes or in
/// pixels, or no image.
pub(crate) fn of(file: &[u8], width: u32, height: u32) -> Option<Bytes> {
    if file.len() > SMALL { draw(file, width, height) } else { None }
}

#[cfg(not(feature = "thumbnails"))]
fn draw(_: &[u8], _: u32, _: u32) -> Option<Bytes> {
    None
}

#[cfg(feature = "thumbnails")]
fn draw(file: &[u8], width: u32, height: u32) -> Option<Bytes> {
    use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
    use std::io::Cursor;

    /// How much memory an image may take when it is drawn, in bytes: 64 MB. A few hundred bytes can claim any size.
    const MAX_MEMORY: u64 = 64 * 1024 * 1024;

    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().ok()?;
    let format = reader.format()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    if decoder.total_bytes() > MAX_MEMORY {
        return None;
    }
    let turn = decoder.orientation().ok()?;
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image.apply_orientation(turn);
    if image.width() <= width && image.height() <= height {
        return None;
    }
    let small = image.thumbnail(width, height);
    let (small, format) = match format {
        ImageFormat::Jpeg => (DynamicImage::from(small.into_rgb8()), format),
        _ => (DynamicImage::from(small.into_rgba8()), ImageFormat::Png),
    };
    let mut bytes = Cursor::new(Vec::new());
    small.write_to(&mut bytes, format).ok()?;
    Some(Bytes { bytes: bytes.into_inner(), content_type: Some(format.to_mime_type().to_owned()) })
}

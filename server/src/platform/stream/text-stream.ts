/** A reply that is text of any length, made while it is sent. Nothing is begun before it is read. */
export class TextStream {
  readonly mediaType: string;
  readonly fileName: string;
  readonly chunks: AsyncIterable<string>;

  constructor(mediaType: string, fileName: string, chunks: AsyncIterable<string>) {
    this.mediaType = mediaType;
    this.fileName = fileName;
    this.chunks = chunks;
  }
}

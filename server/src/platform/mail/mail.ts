/** A message to one person, as plain text. */
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The one way out for mail. */
export interface Mailer {
  /** Hands a message over; throws where it was not taken. */
  send(message: Message): Promise<void>;
  close(): Promise<void>;
}

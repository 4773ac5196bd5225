/** What is wrong with an expression, and where: the offset of the character, from 0. */
export class ExpressionError extends Error {
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.name = 'ExpressionError';
    this.position = position;
  }

  /** The sentence for people, who count characters from 1. */
  get sentence(): string {
    return `At character ${this.position + 1}: ${this.message}`;
  }
}

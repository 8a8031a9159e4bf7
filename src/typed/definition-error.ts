import { callerPosition, type Position } from './position.ts';

/** A definition that cannot be compiled; `position` is the line that made it. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  readonly position: Position | undefined;

  constructor(message: string, position: Position | undefined = callerPosition()) {
    super(message);
    this.position = position;
  }
}

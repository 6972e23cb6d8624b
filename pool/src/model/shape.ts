/** The form of the table of shapes that is made from AWS's model. Shapes name each other by AWS's names. */

export interface StringShape {
  readonly kind: 'string';
  /** Lengths count characters, also those that take two UTF-16 units. */
  readonly min?: number;
  readonly max?: number;
  /** `shown` is the pattern as the service's texts have it. `accepts` is the same in JavaScript, for the whole text. */
  readonly pattern?: { readonly accepts: RegExp; readonly shown: string };
  /** The values of an enum. */
  readonly values?: readonly string[];
  /** Refusals do not repeat the value. */
  readonly sensitive?: true;
}

export interface NumberShape {
  readonly kind: 'integer' | 'long';
  readonly min?: number;
  readonly max?: number;
  /** What a service behind the service demands, and what it calls the member. */
  readonly inner?: { readonly name: string; readonly min: number };
}

export interface BooleanShape {
  readonly kind: 'boolean';
}

/** A number of seconds. */
export interface TimestampShape {
  readonly kind: 'timestamp';
}

/** Bytes, in base64. The lengths count bytes. */
export interface BlobShape {
  readonly kind: 'blob';
  readonly min?: number;
  readonly max?: number;
}

/** An object of any members. */
export interface DocumentShape {
  readonly kind: 'document';
}

export interface ListShape {
  readonly kind: 'list';
  readonly member: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

export interface MapShape {
  readonly kind: 'map';
  readonly key: string;
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

export interface StructureShape {
  readonly kind: 'structure';
  /** The shape of each member, in the alphabet's order. */
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** The maps that are read as empty if they are absent. */
  readonly emptyIfAbsent?: readonly string[];
}

export type Shape =
  | StringShape
  | NumberShape
  | BooleanShape
  | TimestampShape
  | BlobShape
  | DocumentShape
  | ListShape
  | MapShape
  | StructureShape;

export interface OperationShape {
  readonly input: string;
  /** Absent if the operation answers with an empty body. */
  readonly output?: string;
  /** The exceptions that the model declares. */
  readonly errors: readonly string[];
  /** Whether the operation is called without AWS credentials. */
  readonly unsigned?: true;
}

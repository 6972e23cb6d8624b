/** A row of the list of argued survivors. */
export interface Survivor {
  readonly file: string;
  readonly line: string;
  readonly from: string;
  readonly to: string;
  readonly why?: string;
}

/** Where the SRP calculations of the pool run: in this thread, or wherever an option says. */
import { powersModulo } from '#engine-arithmetic';
import { createSrpHost, g, N, type Powers, type SrpHost } from '../domain/srp-host.ts';

/** The parameters and results of the SRP host's calculations, by name. The structured clone algorithm can copy them. */
export type SrpCalculations = {
  readonly [Name in keyof SrpHost]: {
    readonly parameters: Parameters<SrpHost[Name]>;
    readonly result: ReturnType<SrpHost[Name]>;
  };
};

/** Runs the SRP calculations of a pool. */
export interface Arithmetic {
  /**
   * Runs one calculation.
   *
   * @param name which one
   * @param parameters those of the method of the SRP host
   * @returns its result
   */
  readonly run: <Name extends keyof SrpCalculations>(
    name: Name,
    ...parameters: SrpCalculations[Name]['parameters']
  ) => Promise<SrpCalculations[Name]['result']>;
}

/** Runs a calculation, whose name and parameters may have come from another thread. */
export function calculate<Name extends keyof SrpCalculations>(
  host: SrpHost,
  name: Name,
  parameters: SrpCalculations[Name]['parameters'],
): SrpCalculations[Name]['result'] {
  const byName: {
    readonly [Each in keyof SrpCalculations]: (
      ...parameters: SrpCalculations[Each]['parameters']
    ) => SrpCalculations[Each]['result'];
  } = host;
  return byName[name](...parameters);
}

/** Runs each calculation at once, in the thread that asks for it. */
export const runBy = (host: SrpHost): Arithmetic => ({
  run: async (name, ...parameters) => calculate(host, name, parameters),
});

/** Powers by `bigint`, which every runtime has. A table of powers of g is kept, and made at the first power of g. */
export const bigintPowers: Powers = powersModulo(N, g);

export const bigintHost: SrpHost = createSrpHost(bigintPowers);

/** What a pool uses if no option says otherwise. */
export const inThisThread: Arithmetic = runBy(bigintHost);

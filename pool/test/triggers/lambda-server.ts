/** Starts the Lambda API of lambda_server.py, whose handlers are written in Python. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** An event, as the function in Python got it. */
export interface Invocation {
  /** The name of the function in the path. */
  readonly name: string;
  /** What follows the "?". */
  readonly query: string;
  readonly event: {
    readonly triggerSource: string;
    readonly request: Readonly<Record<string, unknown>>;
    readonly [member: string]: unknown;
  };
}

export interface LambdaServer {
  readonly endpoint: string;
  /** Gives the next invocations, the oldest first. The server prints each before it answers, but the line may come later. */
  readonly next: (count: number) => Promise<readonly Invocation[]>;
  readonly stop: () => Promise<void>;
}

export async function startLambdaServer(): Promise<LambdaServer> {
  const child = spawn('python3', [join(__dirname, 'lambda_server.py')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child, 'spawn').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The tests of triggers need python3 (${error.code}): apt-get install python3`);
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [port] = (await once(lines, 'line')) as [string];
  const invocations: Invocation[] = [];
  lines.on('line', (line: string) => invocations.push(JSON.parse(line) as Invocation));
  const next = async (count: number): Promise<readonly Invocation[]> => {
    while (invocations.length < count) await once(lines, 'line');
    return invocations.splice(0, count);
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    next,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/** The ARN of a function. */
export const arn = (name: string): string => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

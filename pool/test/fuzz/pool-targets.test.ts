/** The pool survives what others wrote: the corpora, and a small part of the fuzzing with a fixed seed, as for the engine. */
import { connect } from 'node:net';
import { describeTarget } from '../../../test/fuzz/describe-target.ts';
import { createUserPool } from '../../src/index.ts';
import { endpointsTarget } from './endpoints.ts';
import { framingTarget } from './framing.ts';
import { operationsTarget } from './operations.ts';
import { seedsTarget } from './seeds.ts';

describeTarget('operations', operationsTarget, 1000);
describeTarget('endpoints', endpointsTarget, 1000);
describeTarget('seeds', seedsTarget, 300);
describeTarget('framing', framingTarget, 500);

const OPEN = 200;

test(`${OPEN} clients that never end their requests, and one without an end, keep nobody from signing in`, async () => {
  const pool = createUserPool({ users: [{ username: 'alice', password: 'Correct-Horse-9' }] });
  const listening = await pool.listen();
  const open = () => {
    const socket = connect({ port: listening.port, host: '127.0.0.1' });
    socket.on('error', () => {});
    return socket;
  };
  const slow = Array.from({ length: OPEN }, (_, index) => {
    const socket = open();
    const request = 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{';
    socket.write(request.slice(0, 1 + (index % request.length)));
    return socket;
  });
  const endless = open();
  // 64 KB again and again, until the server has had enough
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
  endless.write('POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n');
  const sending = setInterval(() => endless.writable && endless.write(chunk), 1);
  try {
    // Whoever goes on sending to a connection that the server has closed may lose the answer (RFC 9112 §9.6)
    const end = await new Promise<string>((resolve) => {
      endless.once('data', (data) => resolve(String(data)));
      endless.once('close', () => resolve('closed'));
    });
    expect(end).toMatch(/^(HTTP\/1\.1 413 |closed$)/);
    const response = await fetch(listening.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
      body: JSON.stringify({
        ClientId: 'web',
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'alice', PASSWORD: 'Correct-Horse-9' },
      }),
    });
    expect(response.status).toBe(200);
  } finally {
    clearInterval(sending);
    for (const socket of [...slow, endless]) socket.destroy();
    await listening.close();
  }
});

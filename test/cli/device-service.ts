/** A service that tracks devices and refreshes tokens. It leaves the sign-in to a local pool. */
import type { UserPool } from '../../pool/src/index.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the service remembers of one device. */
interface Tracked {
  name?: string;
  status?: string;
}

/** @param userConfirms whether a device counts only after the user has said so */
export function deviceService(pool: UserPool, { userConfirms = false } = {}) {
  const devices = new Map<string, Tracked>();
  const calls: { readonly operation: string; readonly input: Json }[] = [];
  const refusing = new Map<string, readonly [exception: string, text: string]>();
  let refreshed = 0;

  const reply = (body: Json): Response => Response.json(body);
  const refuse = (__type: string, message: string): Response =>
    Response.json({ __type, message }, { status: 400 });
  const gone = () => refuse('ResourceNotFoundException', 'Device does not exist.');

  const withNewDevice = async (response: Response): Promise<Response> => {
    const body = (await response.json()) as { AuthenticationResult?: Json };
    if (!body.AuthenticationResult) return reply(body);
    const DeviceKey = `local_0000000${devices.size}-aaaa-4aaa-8aaa-aaaaaaaaaaaa`;
    const NewDeviceMetadata = { DeviceKey, DeviceGroupKey: '-group' };
    return reply({ AuthenticationResult: { ...body.AuthenticationResult, NewDeviceMetadata } });
  };

  /** Tokens like those of the sign-in, told apart by their signature. */
  const newTokens = (): Json => {
    refreshed += 1;
    const access = String(lastTokens['AccessToken']);
    return { AccessToken: `${access}${refreshed}`, IdToken: lastTokens['IdToken'], ExpiresIn: 3600 };
  };
  let lastTokens: Json = {};

  const own: Readonly<Record<string, (input: Json) => Response>> = {
    ConfirmDevice: ({ DeviceKey, DeviceName }) => {
      devices.set(String(DeviceKey), { name: String(DeviceName) });
      return reply({ UserConfirmationNecessary: userConfirms });
    },
    UpdateDeviceStatus: ({ DeviceKey, DeviceRememberedStatus }) => {
      const device = devices.get(String(DeviceKey));
      if (!device) return gone();
      device.status = String(DeviceRememberedStatus);
      return reply({});
    },
    ForgetDevice: ({ DeviceKey }) => (devices.delete(String(DeviceKey)) ? reply({}) : gone()),
    ListDevices: () =>
      reply({
        Devices: [...devices].map(([DeviceKey, { name, status = '' }]) => ({
          DeviceKey,
          DeviceAttributes: [
            { Name: 'device_name', Value: name },
            { Name: 'device_status', Value: status },
          ],
        })),
      }),
    GetTokensFromRefreshToken: ({ DeviceKey, RefreshToken }) => {
      if (RefreshToken !== lastTokens['RefreshToken'])
        return refuse('NotAuthorizedException', 'Invalid Refresh Token');
      if (DeviceKey !== undefined && !devices.has(String(DeviceKey))) return gone();
      return reply({ AuthenticationResult: newTokens() });
    },
    RevokeToken: () => reply({}),
    GlobalSignOut: () => reply({}),
  };

  const fetch: UserPool['fetch'] = async (request, init) => {
    const asked = new Request(request, init);
    const operation = (asked.headers.get('x-amz-target') ?? '').split('.')[1] ?? '';
    const input = (await asked.clone().json()) as Json;
    calls.push({ operation, input });
    const refusal = refusing.get(operation);
    if (refusal) return refuse(...refusal);
    const answer = own[operation];
    if (answer) return answer(input);
    const { DEVICE_KEY } = (input['ChallengeResponses'] ?? {}) as { DEVICE_KEY?: string };
    if (DEVICE_KEY !== undefined && !devices.has(DEVICE_KEY)) return gone();
    const response = await pool.fetch(asked);
    const { AuthenticationResult } = (await response.clone().json()) as { AuthenticationResult?: Json };
    if (AuthenticationResult) lastTokens = AuthenticationResult;
    return DEVICE_KEY === undefined && response.ok ? withNewDevice(response) : response;
  };
  return {
    fetch,
    devices,
    /** Every call, in order. */
    calls,
    refuse: (operation: string, exception: string, text: string) =>
      void refusing.set(operation, [exception, text]),
    inputOf: (operation: string): Json | undefined =>
      calls.filter((call) => call.operation === operation).pop()?.input,
  };
}

import { auth } from '../../../lib/session';

export const GET = (request: Request): Promise<Response> => auth().signIn(request);

import { auth } from '../../../lib/session';

export const POST = (request: Request): Promise<Response> => auth().signOut(request);

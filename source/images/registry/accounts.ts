import {registryAdmin} from '../../node/registry/authority.js';
import type {HttpRequest} from '../http/answer.js';

/** Who sends a request: by `Basic`, or by a token that was given for it. `false`: wrong password or forged token. */
export function userOf(request: HttpRequest): string | undefined | false {
	const [scheme = '', value = ''] = (request.headers['authorization'] ?? '').split(' ');
	if (scheme === '') return undefined;
	const text = Buffer.from(value, 'base64').toString('utf8');
	if (/^bearer$/i.test(scheme)) {
		const [, user] = /^token for (.*)$/.exec(text) ?? [];
		return user === undefined ? false : user || undefined;
	}

	const colon = text.indexOf(':');
	const [username, password] = [text.slice(0, colon), text.slice(colon + 1)];
	return username === registryAdmin.username && password === registryAdmin.password ? username : false;
}

export const tokenFor = (user: string | undefined): string => Buffer.from(`token for ${user ?? ''}`).toString('base64');

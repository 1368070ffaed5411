import type {RegistryConnection, RegistryRequest, RegistryResponse} from './client.js';
import type {Credentials} from './credentials.js';

/** A token server that said no. */
export interface TokenFailure {
	readonly tokenStatus: number;
	readonly url: string;
}

/** Sends a request and, when told to, fetches a token for it first: the Bearer scheme of distribution's token specification, or Basic. */
export function authorized(
	connection: RegistryConnection,
	request: RegistryRequest,
	credentials: Credentials | undefined,
): RegistryResponse | TokenFailure {
	const first = connection.request(request);
	if (first.status !== 401) return first;
	const challenge = first.headers['www-authenticate'] ?? '';
	const basic = credentials && `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
	if (/^basic/i.test(challenge)) return basic ? connection.request({...request, authorization: basic}) : first;
	const values = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(match => [match[1]!, match[2]!]));
	const realm = /^https?:\/\/[^/]+(\/.*)$/.exec(values['realm'] ?? '');
	if (!realm) return first;
	const query = [
		...(values['scope'] ? [`scope=${values['scope'].replaceAll(':', '%3A').replaceAll('/', '%2F').replaceAll(',', '%2C')}`] : []),
		`service=${values['service'] ?? ''}`,
	].join('&');
	const answer = connection.request({method: 'GET', path: `${realm[1]}?${query}`, authorization: basic});
	if (answer.status !== 200) return {tokenStatus: answer.status, url: `${values['realm']}?${query}`};
	const {token} = JSON.parse(answer.body) as {token: string};
	return connection.request({...request, authorization: `Bearer ${token}`});
}

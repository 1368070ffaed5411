import {request as httpsRequest} from 'node:https';
import {createCluster} from '../../source/cluster/cluster.js';
import {type ApiEndpoint, serve} from '../../source/serve/server.js';

export const token = 'test-token';

export async function startEndpoint(profile = 'empty') {
	const cluster = createCluster({profile});
	// As after an etcd compaction: what happened at boot can no longer be watched.
	cluster.restore(cluster.snapshot());
	const endpoint = await serve(cluster, {port: 0, token, nowMs: Date.now()});
	return {cluster, endpoint};
}

export interface Answer {
	readonly status: number;
	readonly headers: Record<string, string | string[] | undefined>;
	readonly text: string;
}

export interface Question {
	readonly method?: string;
	readonly path: string;
	readonly headers?: Record<string, string>;
	readonly body?: string | Buffer;
	/** Absent: the administrator. */
	readonly token?: string | null;
}

/** One request to its end. */
export function ask(endpoint: ApiEndpoint, {method = 'GET', path, headers = {}, body, token: given = token}: Question): Promise<Answer> {
	const {hostname, port} = new URL(endpoint.url);
	return new Promise((resolve, reject) => {
		const request = httpsRequest(
			{
				hostname,
				port,
				method,
				path,
				agent: false,
				ca: endpoint.authority,
				headers: {
					...headers,
					...(body !== undefined && {'content-length': String(Buffer.byteLength(body))}),
					...(given === null ? {} : {authorization: `Bearer ${given}`}),
				},
			},
			response => {
				const chunks: Buffer[] = [];
				response.on('data', chunk => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () =>
					resolve({status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8')}),
				);
			},
		);
		request.on('error', reject);
		request.end(body);
	});
}

import type {OutgoingHttpHeaders, ServerResponse} from 'node:http';
import {toYaml} from '../commands/kubectl/output/yaml-print.js';
import {isPretty, jsonText} from '../api/http/answer-text.js';
import type {Accepted} from '../api/http/media.js';

/** Headers of every answer. */
export const common: OutgoingHttpHeaders = {'cache-control': 'no-cache, private'};

export function sendText(response: ServerResponse, code: number, text: string): void {
	const body = Buffer.from(text);
	response.writeHead(code, {
		...common,
		'content-type': 'text/plain; charset=utf-8',
		'x-content-type-options': 'nosniff',
		'content-length': body.length,
	});
	response.end(body);
}

export function sendBytes(response: ServerResponse, body: Uint8Array, type: string): void {
	response.writeHead(200, {...common, 'content-type': type, 'content-length': body.length});
	response.end(body);
}

export interface Sending {
	readonly accepted?: Accepted;
	readonly warnings?: readonly string[];
	/** Takes the place of the media type that was negotiated. */
	readonly type?: string;
	/** Indented, whoever asks. */
	readonly pretty?: boolean;
}

export function send(
	response: ServerResponse,
	code: number,
	body: unknown,
	{accepted, warnings = [], type, pretty = isPrettyFor(response)}: Sending = {},
): void {
	const yaml = accepted?.type === 'yaml';
	const bytes = Buffer.from(yaml ? toYaml(body) : jsonText(body, pretty));
	const headers: OutgoingHttpHeaders = {
		...common,
		'content-type': type ?? (yaml ? 'application/yaml' : 'application/json'),
		'content-length': bytes.length,
		...(code === 429 && {'retry-after': String((body as any)?.details?.retryAfterSeconds ?? 1)}),
	};
	setWarnings(response, warnings);
	response.writeHead(code, headers);
	response.end(bytes);
}

const isPrettyFor = ({req: {url = '/', headers}}: ServerResponse): boolean =>
	isPretty(new URLSearchParams(url.split('?')[1]), headers['user-agent']);

/** Header text is quoted, and ASCII. Models apimachinery/pkg/util/net/http.go NewWarningHeader. */
export function setWarnings(response: ServerResponse, warnings: readonly string[]): void {
	if (warnings.length === 0) return;
	const quoted = (text: string) => text.replace(/[\\"]/g, '\\$&').replace(/[^\u0020-\u007e]/g, '?');
	response.setHeader(
		'warning',
		warnings.map(text => `299 - "${quoted(text)}"`),
	);
}

import type {IncomingMessage} from 'node:http';
import {parse as parseYaml} from 'yaml';
import {badRequest} from '../api/errors.js';
import {ApiError} from '../api/status.js';
import {parseJson, summary} from '../api/http/json-text.js';
import {mediaTypeOf} from '../api/http/media.js';

/** As kube-apiserver's --max-mutating-requests... limit on one object: 3 MiB. */
const bytesMax = 3 * 2 ** 20;

export async function readBody(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of message as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length > bytesMax) throw new ApiError(413, 'RequestEntityTooLarge' as never, `Request entity too large: limit is ${bytesMax}`);
		chunks.push(chunk);
	}

	return Buffer.concat(chunks);
}

/** The object that a POST, PUT or DELETE carries. `kind` is what the path asks for. */
export async function readObject(bytes: Buffer, contentType: string | undefined, kind: string): Promise<unknown> {
	const media = mediaTypeOf(contentType);
	if (media === 'application/vnd.kubernetes.protobuf') return readProtobuf(bytes, kind);
	const text = bytes.toString('utf8');
	if (media === 'application/yaml') return readYaml(text, kind);
	if (media !== '' && media !== 'application/json')
		throw new ApiError(
			415,
			'UnsupportedMediaType',
			'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
		);
	try {
		return parseJson(text);
	} catch (error) {
		throw unrecognized(kind, `couldn't get version/kind; json parse error: ${(error as Error).message} (${summary(text)})`);
	}
}

const unrecognized = (kind: string, why: string) => badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why}`);

/** Only typed clients send it; what it takes to read it is loaded when the first one does. */
async function readProtobuf(bytes: Buffer, kind: string): Promise<unknown> {
	const [{decodeProtobuf}, {default: numbers}] = await Promise.all([
		import('./protobuf/decode.js'),
		import('./protobuf/numbers.json', {with: {type: 'json'}}),
	]);
	try {
		return decodeProtobuf(bytes, numbers);
	} catch (error) {
		throw unrecognized(kind, (error as Error).message);
	}
}

function readYaml(text: string, kind: string): unknown {
	try {
		// Once more through JSON: no aliases, no special keys, no YAML types that JSON lacks.
		return parseJson(JSON.stringify(parseYaml(text, {maxAliasCount: 100, logLevel: 'silent'}) ?? null));
	} catch (error) {
		throw unrecognized(kind, `yaml: ${(error as Error).message.split('\n')[0]}`);
	}
}

/** The patch that a PATCH carries; only an applied configuration may be YAML. */
export function readPatch(text: string, type: string): unknown {
	if (type === 'apply') {
		try {
			return parseJson(JSON.stringify(parseYaml(text, {maxAliasCount: 100, logLevel: 'silent'}) ?? null));
		} catch (error) {
			throw badRequest(`error decoding YAML: ${(error as Error).message.split('\n')[0]}`);
		}
	}

	try {
		return parseJson(text);
	} catch (error) {
		throw badRequest(`error decoding patch: ${(error as Error).message}`);
	}
}

import type {IncomingMessage} from 'node:http';
import {readObjectText, unrecognized} from '../api/http/body.js';
import {mediaTypeOf} from '../api/http/media.js';
import {ApiError} from '../api/status.js';

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
export const readObject = async (bytes: Buffer, contentType: string | undefined, kind: string): Promise<unknown> =>
	mediaTypeOf(contentType) === 'application/vnd.kubernetes.protobuf'
		? readProtobuf(bytes, kind)
		: readObjectText(bytes.toString('utf8'), contentType, kind);

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

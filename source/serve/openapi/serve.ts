import {ApiError} from '../../api/status.js';
import {send, sendText} from '../answer.js';
import type {Exchange} from '../exchange.js';
import {documentV2, documentV3, index} from './documents.js';

/** Answers `/openapi/...`; false for any other path. The long documents are only made when somebody asks. */
export function serveOpenApi({path, serving, response, message}: Exchange): boolean {
	const kinds = serving.cluster.api.kinds();
	if (path === '/openapi/v2') {
		if (onlyProtobuf(message.headers.accept)) throw new ApiError(406, 'NotAcceptable', 'only application/json is served here', {});
		send(response, 200, documentV2(kinds));
		return true;
	}

	// The real server leaves the type of its index to be guessed.
	if (path === '/openapi/v3' || path === '/openapi/v3/') {
		sendText(response, 200, JSON.stringify(index(kinds)));
		return true;
	}

	if (!path.startsWith('/openapi/v3/')) return false;
	const document = documentV3(kinds, path.slice('/openapi/v3/'.length));
	if (!document) return false;
	send(response, 200, document);
	return true;
}

const onlyProtobuf = (accept = '') => accept.includes('protobuf') && !/application\/json|\*\/\*|application\/\*/.test(accept);

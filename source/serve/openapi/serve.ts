import {send, sendBytes, sendText} from '../answer.js';
import type {Exchange} from '../exchange.js';
import {documentV2, documentV3, index} from './documents.js';
import {encodeDocument, protobufAsked, protobufType} from './protobuf.js';

/** Answers `/openapi/...`; false for any other path. The long documents are only made when somebody asks. */
export function serveOpenApi({path, serving, response, message}: Exchange): boolean {
	const kinds = serving.cluster.api.kinds();
	if (path === '/openapi/v2') {
		const document = documentV2(kinds);
		if (message.headers.accept?.includes(protobufAsked)) sendBytes(response, encodeDocument(document), protobufType);
		else send(response, 200, document);
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

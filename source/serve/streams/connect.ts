import {badRequest} from '../../api/errors.js';
import {ApiError} from '../../api/status.js';
import type {Exchange} from '../exchange.js';
import type {ResourcePath} from '../../api/http/path.js';
import {authorised} from './target.js';

/** A plain request for something that is talked to: whoever may have it is told how to ask. */
export function connect({serving, user}: Exchange, {rest: _, watch: __, ...path}: ResourcePath): void {
	authorised(serving, {...path, verb: 'get', query: {}, user});
	if (path.subresource === 'proxy') throw new ApiError(501, '', `kubelab: not simulated: the proxy subresource of ${path.resource}`, {});
	throw badRequest('Upgrade request required');
}

import type {RequestHead} from '../../../api/http/request.js';
import type {ApiServer} from '../../../api/server.js';
import type {HttpRequest} from '../../http/answer.js';
import type {User} from '../../../api/user.js';

/** One request to the API server, read and authenticated. */
export interface Asked {
	readonly api: ApiServer;
	readonly request: HttpRequest;
	readonly head: RequestHead;
	readonly user: User;
	/** `172.25.254.100:6443`, for discovery. */
	readonly address: string;
}

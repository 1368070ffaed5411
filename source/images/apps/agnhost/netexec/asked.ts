import type {Endpoint} from '../../../../net/socket.js';
import type {ProgramContext} from '../../../../node/program/program.js';
import type {HttpRequest} from '../../../http/answer.js';
import type {GoFlags} from '../../go/flags.js';

/** A request over HTTP, and who was asked by whom. */
export interface Asked {
	readonly context: ProgramContext;
	readonly request: HttpRequest;
	readonly peer: Endpoint;
	readonly flags: GoFlags;
}

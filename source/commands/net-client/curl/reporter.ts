import type {HttpResponse} from '../http/message.js';
import type {CurlRequest} from './request.js';

/** What happens on the way, for `-v`. */
export interface Reporter {
	note(text: string): void;
	/** So many bytes that are not shown. */
	data(direction: 'in' | 'out', length: number): void;
	sent(request: CurlRequest): void;
	received(response: HttpResponse, ignored?: boolean): void;
}

import type {Machine} from '../../../node/host/machine.js';
import type {HttpUrl} from '../http/message.js';
import {CurlError} from './errors.js';
import type {Reporter} from './reporter.js';

/** `--unix-socket`: no program here listens on one, except below /run, where it is said aloud. */
export function noSocket({files}: Machine, {host, port}: HttpUrl, path: string, report: Reporter): never {
	const text = `Failed to connect to ${host} port ${port} after 0 ms: Couldn't connect to server`;
	report.note(`  Trying ${path}:0...`);
	report.note(`Immediate connect fail for ${path}: ${files.exists(path) ? 'Connection refused' : 'No such file or directory'}`);
	report.note(text);
	report.note('Closing connection 0');
	throw new CurlError(7, text);
}

import {fileServer} from '../go/file-server.js';
import {answerHttp, listenOrEnd} from '../web-server.js';
import {numberOf, type Subcommand} from './subcommand.js';

const headers: ReadonlyArray<readonly [string, string]> = [
	['Access-Control-Allow-Credentials', 'true'],
	['Access-Control-Allow-Headers', 'DNT,X-Mx-ReqToken,Keep-Alive,User-Agent,X-Requested-With,Cache-Control,Content-Type'],
	['Access-Control-Allow-Methods', 'GET, POST, OPTIONS'],
	['Access-Control-Allow-Origin', '*'],
	['Cache-Control', 'private'],
];

/** Every file of the container by its path. */
const testWebserver: Subcommand = {
	name: 'test-webserver',
	start: (context, flags) => listenOrEnd(context, numberOf(flags, 'port', 80)),
	serve: ({machine}, {bytes}) => answerHttp(bytes, request => fileServer(machine, '/', request, headers)),
};

export default testWebserver;

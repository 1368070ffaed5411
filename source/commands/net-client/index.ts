import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import curl from './curl/curl.js';
import dig from './dns/dig.js';
import getent from './dns/getent.js';
import host from './dns/host.js';
import nslookup from './dns/nslookup.js';
import arping from './icmp/arping.js';
import ping from './icmp/ping.js';
import traceroute from './icmp/traceroute.js';
import redisCli from './redis/redis-cli.js';
import nc from './socket/nc.js';
import telnet from './socket/telnet.js';
import wget from './wget/wget.js';

/** Tools that send traffic and show what comes back. */
const netClient: ReadonlyArray<Command<Machine>> = [
	curl,
	wget,
	ping,
	traceroute,
	nc,
	telnet,
	dig,
	nslookup,
	host,
	getent,
	arping,
	redisCli,
];

export default netClient;

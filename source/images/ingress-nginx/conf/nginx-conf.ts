import type {Configuration} from '../configuration.js';
import type {ControllerMemory} from '../memory.js';

/** /etc/nginx/nginx.conf */
export function nginxConf(configuration: Configuration, _memory: ControllerMemory): string {
	return `# Configuration checksum: ${configuration.checksum}\n`;
}

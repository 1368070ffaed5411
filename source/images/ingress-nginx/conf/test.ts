import type {Configuration} from '../configuration.js';

/** `nginx -t`: why nginx would not take this configuration, in its words; undefined when it would. */
export function testConfiguration(_configuration: Configuration): string | undefined {
	return undefined;
}

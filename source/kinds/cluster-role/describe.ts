export {describeRole as describeClusterRole} from '../role/describe.js';

export {describeRoleBinding as describeClusterRoleBinding} from '../role-binding/describe.js';

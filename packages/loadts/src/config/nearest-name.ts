export { nearestName, suggest } from '@loadts/core';

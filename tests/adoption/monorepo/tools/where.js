// Other scripts ask where the production configuration lies.
const { join } = require('node:path');

console.log(join(__dirname, '../infra/nginx/nginx.conf'));

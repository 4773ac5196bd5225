// Starts Swagger UI on the document that the page names. A key given to "Authorize" is also used to
// load the document again, which then has the exact types of every collection the key may see.
const place = document.getElementById('swagger-ui');
const { url } = place.dataset;
let key;

const keyOf = (payload) => {
  const given = payload.bearer ?? payload.apiKey;
  return typeof given?.value === 'string' && given.value !== '' ? given.value : undefined;
};

const reloadOnAuthorize = () => ({
  statePlugins: {
    auth: {
      wrapActions: {
        authorize: (original, system) => (payload) => {
          const result = original(payload);
          key = keyOf(payload) ?? key;
          system.specActions.download(url);
          return result;
        },
        logout: (original, system) => (payload) => {
          const result = original(payload);
          key = undefined;
          system.specActions.download(url);
          return result;
        },
      },
    },
  },
});

globalThis.SwaggerUIBundle({
  url,
  domNode: place,
  presets: [globalThis.SwaggerUIBundle.presets.apis],
  plugins: [reloadOnAuthorize],
  layout: 'BaseLayout',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (request.loadSpec && key !== undefined) request.headers['x-api-key'] = key;
    return request;
  },
});

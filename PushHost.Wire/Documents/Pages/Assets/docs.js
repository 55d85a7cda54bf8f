// Starts SwaggerUI on the host's document. Where that needs a key, asks for one; it is kept in this page's memory only.
'use strict';

const form = document.getElementById('key');
let key = null;

if (matchMedia('(prefers-color-scheme: dark)').matches)
    document.documentElement.classList.add('dark-mode');

async function open() {
    const answer = await fetch('openapi/v1.json', key ? { headers: { Authorization: `Bearer ${key}` } } : {});
    form.hidden = answer.status !== 401;
    if (!answer.ok) {
        document.getElementById('ui').textContent = answer.status === 401 ? '' : `The document cannot be had: ${answer.status}`;
        return;
    }
    const ui = SwaggerUIBundle({
        spec: await answer.json(),
        domNode: document.getElementById('ui'),
        deepLinking: true,
        docExpansion: 'list',
        defaultModelsExpandDepth: 0,
        displayRequestDuration: true,
        tryItOutEnabled: true,
        // Nothing is told to anybody else.
        validatorUrl: null,
        onComplete: () => key && ui.preauthorizeApiKey('bearer', key),
    });
}

form.addEventListener('submit', event => {
    event.preventDefault();
    key = new FormData(form).get('key');
    open();
});

open();

// The page's first files are tried again where they could not be fetched: a browser breaks off its requests when an interface of the machine comes or
// goes, and on a Docker host that is each container. What is loaded later tries again by itself (api/importAgain.ts).
addEventListener(
  'error',
  (event) => {
    const lost = event.target;
    if (!(lost instanceof HTMLScriptElement || (lost instanceof HTMLLinkElement && lost.rel === 'stylesheet'))) return;
    const key = 'vethscope-entry';
    let tries = [];
    try {
      tries = JSON.parse(sessionStorage.getItem(key) ?? '[]').filter((at) => at > Date.now() - 60_000);
      sessionStorage.setItem(key, JSON.stringify([...tries, Date.now()]));
    } catch {
      // Without storage nobody counts: better no page than one that is loaded for ever.
      return;
    }
    if (tries.length < 5) setTimeout(() => location.reload(), 300);
  },
  true,
);

// One way to ask the server: as a script, with the token of the form.

// `body` is a FormData, or anything that becomes JSON.
export function send(form, url, body, more = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.namedItem("csrf_token").value };
  if (!(body instanceof FormData)) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(body);
  }
  return fetch(url, { method: "POST", redirect: "manual", headers, body, ...more });
}

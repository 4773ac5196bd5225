/** The parts of Postman's collection format (2.1) that we read or write. */
export interface Collection {
  info: { _postman_id?: string; name: string; schema: string; description?: unknown };
  item: Folder[];
  auth?: Auth;
  variable?: Variable[];
  event?: Event[];
}

export interface Folder {
  name: string;
  description?: string;
  item: Item[];
}

export interface Item {
  id?: string;
  name: string;
  request: {
    method: string;
    auth?: Auth | null;
    url: { path: string[]; variable?: PathVariable[] };
    body?: { mode?: string; raw?: string };
    [more: string]: unknown;
  };
  response: { id?: string; code?: number; [more: string]: unknown }[];
  event?: Event[];
  [more: string]: unknown;
}

export interface PathVariable {
  key: string;
  value: string;
  [more: string]: unknown;
}

export interface Variable {
  key: string;
  value: string;
}

export interface Auth {
  type: string;
  [more: string]: unknown;
}

export interface Event {
  listen: 'test' | 'prerequest';
  script: { type: 'text/javascript'; exec: string[] };
}

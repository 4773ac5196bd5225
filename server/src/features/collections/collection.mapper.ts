import type { Collection as CollectionReply } from '@cms/contracts';
import type { z } from 'zod';
import type { Collection } from '../../content/schema/collection.ts';
import type { ProjectSchema } from '../../content/schema/schema-registry.ts';
import { RawJson } from '../../platform/json/raw-json.ts';

import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { AuteurError } from '../../core/errors.ts';
import { addressText, engineAddress, isLocal } from './engineAddress.ts';

function keyOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** As `docker context create` does. */
function context(folder: string, name: string, host: string): void {
  const meta = join(folder, 'contexts/meta', keyOf(name));
  mkdirSync(meta, { recursive: true });
  const endpoint = { Host: host, SkipTLSVerify: false };
  const text = JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: endpoint } });
  writeFileSync(join(meta, 'meta.json'), text);
}

describe('where the container engine is', () => {
  it.each([
    ['unix:///run/podman/podman.sock', '/run/podman/podman.sock'],
    ['npipe:////./pipe/docker_engine', '//./pipe/docker_engine'],
    ['tcp://studio:2375', 'http://studio:2375'],
    ['tcp://studio', 'http://studio:2375'],
    ['https://studio', 'https://studio:2376'],
    ['https://studio:443', 'https://studio:443'],
    ['http://studio:80/', 'http://studio:80'],
    ['tcp://[::1]:80', 'http://[::1]:80'],
    ['tcp://[fe80::1]', 'http://[fe80::1]:2375'],
  ])('%s', (host, text) => {
    expect(addressText(engineAddress({ DOCKER_HOST: host }))).toBe(text);
  });

  it('is connected to without the brackets of an address of IPv6', () => {
    expect(engineAddress({ DOCKER_HOST: 'tcp://[::1]:2375' })).toMatchObject({ host: '::1' });
  });

  it('is asked with TLS where the environment says so', () => {
    const address = engineAddress({
      ...{ DOCKER_HOST: 'tcp://studio', DOCKER_TLS_VERIFY: '1' },
      DOCKER_CONFIG: tempFolder(),
    });
    expect(addressText(address)).toBe('https://studio:2376');
  });

  it('is what the setting says, whatever the environment says', () => {
    expect(addressText(engineAddress({ DOCKER_HOST: 'tcp://studio' }, 'unix:///a.sock'))).toBe('/a.sock');
  });

  it.each(['studio', 'ssh://studio', '/var/run/docker.sock', 'unix://'])('is not %s', (host) => {
    expect(() => engineAddress({ DOCKER_HOST: host })).toThrow(AuteurError);
  });

  it('is what the context of Docker says, unless there is another word for it', () => {
    const folder = tempFolder();
    const env = { DOCKER_CONFIG: folder };
    context(folder, 'desktop', 'unix:///home/ada/docker.sock');
    context(folder, 'studio', 'tcp://studio');
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: 'desktop' }));
    expect(addressText(engineAddress(env))).toBe('/home/ada/docker.sock');
    expect(addressText(engineAddress({ ...env, DOCKER_CONTEXT: 'studio' }))).toBe('http://studio:2375');
    expect(addressText(engineAddress({ ...env, DOCKER_HOST: 'unix:///a.sock' }))).toBe('/a.sock');
    expect(addressText(engineAddress(env, 'unix:///b.sock'))).toBe('/b.sock');
    expect(isLocal(engineAddress({ ...env, DOCKER_CONTEXT: 'default' }))).toBe(true);
  });

  it('is nowhere where a context is named that is not there', () => {
    const env = { DOCKER_CONFIG: tempFolder(), DOCKER_CONTEXT: 'gone' };
    expect(() => engineAddress(env)).toThrow(/no Docker context "gone"/);
  });

  it('has certificates where the environment or its context says so', () => {
    const folder = tempFolder();
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder, `${name}.pem`), name);
    const env = { DOCKER_HOST: 'tcp://studio', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
    const known = { ca: 'ca', cert: 'cert', key: 'key', rejectUnauthorized: true };
    expect(engineAddress(env)).toMatchObject(known);
    context(folder, 'studio', 'tcp://studio');
    const tls = join(folder, 'contexts/tls', keyOf('studio'), 'docker');
    mkdirSync(tls, { recursive: true });
    writeFileSync(join(tls, 'ca.pem'), 'another');
    const named = { DOCKER_CONFIG: folder, DOCKER_CONTEXT: 'studio' };
    expect(engineAddress(named)).toMatchObject({ protocol: 'https', ca: 'another' });
    expect(engineAddress({ ...env, DOCKER_TLS_VERIFY: '', DOCKER_TLS: '1' })).toMatchObject({
      rejectUnauthorized: false,
    });
    rmSync(join(folder, 'key.pem'));
    expect(() => engineAddress(env)).toThrow(join(folder, 'key.pem'));
    rmSync(join(folder, 'ca.pem'));
    expect(() => engineAddress(env)).toThrow(join(folder, 'ca.pem'));
  });

  it('is this machine where it is a socket', () => {
    expect(isLocal(engineAddress({ DOCKER_HOST: 'unix:///a.sock' }))).toBe(true);
    expect(isLocal(engineAddress({ DOCKER_HOST: 'tcp://studio' }))).toBe(false);
    expect(isLocal(engineAddress({ DOCKER_CONFIG: tempFolder() }))).toBe(true);
  });
});

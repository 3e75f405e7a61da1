import { describe, expect, it } from 'vitest';
import { AuteurError } from '../../core/errors.ts';
import { addressText, engineAddress, isLocal } from './engineAddress.ts';

describe('where the container engine is', () => {
  it.each([
    ['unix:///run/podman/podman.sock', '/run/podman/podman.sock'],
    ['npipe:////./pipe/docker_engine', '//./pipe/docker_engine'],
    ['tcp://studio:2375', 'http://studio:2375'],
    ['tcp://studio', 'http://studio:2375'],
    ['https://studio', 'https://studio:2376'],
  ])('%s', (host, text) => {
    expect(addressText(engineAddress({ DOCKER_HOST: host }))).toBe(text);
  });

  it('is asked with TLS where the environment says so', () => {
    const address = engineAddress({ DOCKER_HOST: 'tcp://studio', DOCKER_TLS_VERIFY: '1' });
    expect(addressText(address)).toBe('https://studio:2376');
  });

  it('is what the setting says, whatever the environment says', () => {
    expect(addressText(engineAddress({ DOCKER_HOST: 'tcp://studio' }, 'unix:///a.sock'))).toBe('/a.sock');
  });

  it.each(['studio', 'ssh://studio', '/var/run/docker.sock', 'unix://'])('is not %s', (host) => {
    expect(() => engineAddress({ DOCKER_HOST: host })).toThrow(AuteurError);
  });

  it('is this machine where it is a socket', () => {
    expect(isLocal(engineAddress({ DOCKER_HOST: 'unix:///a.sock' }))).toBe(true);
    expect(isLocal(engineAddress({ DOCKER_HOST: 'tcp://studio' }))).toBe(false);
    expect(isLocal(engineAddress({}))).toBe(true);
  });
});

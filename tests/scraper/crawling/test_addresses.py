import pytest

from scraper.crawling.addresses import address_allowed, parse_networks


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "::ffff:93.184.215.14",
        "64:ff9b::93.184.215.14",
    ],
)
def test_public_addresses_are_open(address: str) -> None:
    assert address_allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "2002:0a00:0001::1",
        "2001:0:0:0:0:0:f5ff:fffe",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::127.0.0.1",
        "fec0::1",
        "5f00::1",
        "100::1",
        "192.0.0.8",
        "192.88.99.1",
        "198.18.0.1",
        "not an address",
        "",
    ],
)
def test_all_others_are_closed(address: str) -> None:
    assert not address_allowed(address)


def test_a_network_opens_its_addresses_and_no_others() -> None:
    networks = parse_networks(["127.0.0.0/8"])
    assert address_allowed("127.0.0.2", networks)
    assert address_allowed("::ffff:127.0.0.2", networks)
    assert not address_allowed("10.0.0.1", networks)


def test_without_a_contact_only_the_open_networks_are_left() -> None:
    networks = parse_networks(["127.0.0.0/8"])
    assert address_allowed("127.0.0.2", networks, public=False)
    assert not address_allowed("93.184.215.14", networks, public=False)

"""Which addresses may be connected to."""

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# What `is_global` of some Python versions takes for public: carriers, relays, benchmarks, protocols.
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "5f00::/16"),
    )
)

# All that has been given out for the public of IPv6; what lies beside it leads to no web server.
_PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")

# Translators (RFC 6052, RFC 8215) carry an IPv4 address in the last four bytes.
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48")))


def address_allowed(text: str, networks: Iterable[Network] = (), *, public: bool = True) -> bool:
    """Say whether an address may be connected to.

    An IPv6 address that stands for an IPv4 address (mapped, 6to4, Teredo, translated) is judged as that one.

    Args:
        text: an IPv4 or IPv6 address.
        networks: ranges that are open although they are not public.
        public: whether public addresses are open.

    Returns:
        True for an address in `networks`, and for a public unicast address where those are open.
    """
    try:
        address = _unwrap(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return False
    if any(address.version == network.version and address in network for network in networks):
        return True
    return public and _is_public(address)


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks that CIDR strings name; the configuration has checked them."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def _unwrap(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address leads to, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if any(address in network for network in _TRANSLATED):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour or address


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address not in _PUBLIC_IPV6:
        return False
    if any(address.version == network.version and address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast

"""Which addresses may be connected to."""

import ipaddress
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# The shared range of carriers is not public, whatever `is_global` of a Python version says.
_SHARED = ipaddress.ip_network("100.64.0.0/10")


def address_allowed(text: str, networks: Iterable[Network] = (), *, public: bool = True) -> bool:
    """Say whether an address may be connected to.

    Args:
        text: an IPv4 or IPv6 address.
        networks: ranges that are open although they are not public.
        public: whether public addresses are open.

    Returns:
        True for an address in `networks`, and for a public unicast address where those are open.
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address.version == network.version and address in network for network in networks):
        return True
    if address.version == _SHARED.version and address in _SHARED:
        return False
    return public and address.is_global and not address.is_multicast


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks that CIDR strings name; the configuration has checked them."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)

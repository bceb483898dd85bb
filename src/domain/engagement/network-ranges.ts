/**
 * Address ranges of mail gateways and of the networks they run in, as of 2026-11-01. A partial list: it names
 * blocks that their owners publish or hold for long, and leaves out what changes from week to week. What is
 * missing is a hit from the open internet, which the other rules still judge; more is added with
 * SCANNER_NETWORKS_FILE.
 *
 * Sources: Microsoft, "Office 365 URLs and IP address ranges" (Exchange Online Protection, ids 9 and 10) and the
 * ARIN and RIPE allocations of AS8075; Proofpoint, Mimecast and Barracuda, the sending and scanning ranges of
 * their administrators' guides; Apple Inc., ARIN allocation 17.0.0.0/8; Google, the image proxy's range.
 *
 * Each line: the name of a network in networks.ts, and one block.
 */
export const NETWORK_RANGES = `
# Exchange Online Protection and Safe Links
microsoft 40.92.0.0/15
microsoft 40.107.0.0/16
microsoft 52.100.0.0/14
microsoft 104.47.0.0/17
microsoft 2a01:111:f400::/48
microsoft 2a01:111:f403::/48

# Exchange Online
microsoft 40.96.0.0/13
microsoft 40.104.0.0/15
microsoft 52.96.0.0/14
microsoft 132.245.0.0/16

# The rest of AS8075: cloud machines, detonation chambers, and Cloud PCs with people
microsoft 13.64.0.0/11
microsoft 20.33.0.0/16
microsoft 20.34.0.0/15
microsoft 20.36.0.0/14
microsoft 20.40.0.0/13
microsoft 20.48.0.0/12
microsoft 20.64.0.0/10
microsoft 20.128.0.0/16
microsoft 40.74.0.0/15
microsoft 40.76.0.0/14
microsoft 40.80.0.0/12
microsoft 40.112.0.0/13
microsoft 40.120.0.0/14
microsoft 40.124.0.0/16
microsoft 40.125.0.0/17
microsoft 52.224.0.0/11
microsoft 65.52.0.0/14
microsoft 104.40.0.0/13
microsoft 104.208.0.0/13
microsoft 207.46.0.0/16
microsoft 2603:1000::/24
microsoft 2a01:111::/32

# Gateways that fetch links before a person sees them
proofpoint 67.231.144.0/20
proofpoint 148.163.128.0/19
proofpoint 205.220.160.0/19
mimecast 63.128.21.0/24
mimecast 91.220.42.0/24
mimecast 146.101.78.0/24
mimecast 185.58.84.0/22
mimecast 195.130.217.0/24
mimecast 205.139.110.0/23
mimecast 207.211.30.0/24
mimecast 216.205.24.0/24
barracuda 64.235.144.0/20
barracuda 209.222.80.0/21

# Picture proxies: they speak about opens alone
apple 17.0.0.0/8
google-image-proxy 66.249.80.0/20
`;

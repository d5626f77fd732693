// The names that devices of a small home ask for, put together by hand from public reports.

export const sample = `us.ad.lgsmartad.com
lgtvsdp.com
snu.lge.com
device-metrics-us.amazon.com
api.amazonalexa.com
a1.tuyaeu.com
m1.tuyaeu.com
logs.roku.com
connectivitycheck.gstatic.com
captive.apple.com
mtalk.google.com
dev.hik-connect.com
pool.ntp.org
cam1.duckdns.org
us.galleryapi.micloud.xiaomi.net
config.samsungcloudsolution.com
samsungc1oudsolution.com
qjx7vk2zw9rtbm4c.net
example.com
www.wikipedia.org
settings.crashlytics.com
`;

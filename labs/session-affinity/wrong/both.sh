# Affinity was switched on for news, too.
# misses: spread
for s in shop news; do kubectl patch svc $s -p '{"spec":{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":600}}}}'; done

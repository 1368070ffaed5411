# Pods that are not ready are sent requests all the same.
# misses: answers, same
# if: probe
kubectl patch svc shop -p '{"spec":{"publishNotReadyAddresses":true}}'
# end
# if: selector, target-port
kubectl annotate svc shop mended=no
# end

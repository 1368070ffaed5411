# The pods get the label that was never meant to be one.
# misses: selector
kubectl label pods -l app=myapp type=ClusterIP
kubectl patch service myapp -p '{"spec":{"publishNotReadyAddresses":true}}'

# The pods keep their five minutes.
# misses: impatient, alive
ssh k8s-node2 poweroff
sleep 120

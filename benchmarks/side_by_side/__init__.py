"""What benchmarks/build.py needs: papers to build from, the rival's site, and a stopwatch."""

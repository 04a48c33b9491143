"""新登记: writing an appeal down."""

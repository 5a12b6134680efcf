"""What the audit can and cannot see: misprints it would notice, random figures it would let pass, figures at fault."""

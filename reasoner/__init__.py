"""ascribe's reasoning: from sourced facts and readable rules to weighed, explained attributions."""

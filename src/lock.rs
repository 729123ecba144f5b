//! Locking without the case that cannot be: nothing is left half-done while a lock is held, so a
//! value whose holder panicked is as good as any.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
